"""What a teacher takes along: the lesson link, the iframe, the worksheet, the notebook."""
