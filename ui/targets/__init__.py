"""The targets' page, part by part: what a target may be, on one's own case where it can be."""
