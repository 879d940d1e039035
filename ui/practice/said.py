"""What stands beside the numbers of an exercise: names, verdicts, hints' titles, the way on."""

from ce_core.words import words

# step that can be given -> what its numbers are; its own title, where that says what to do
OF_WHAT = {
    "shifted": words("logits less each row's largest"),
    "exps": words("e to the power of each logit less its row's largest"),
    "partition": words("sum of each row's exponentials"),
    "log_probs": words("log of each class's probability"),
    "target_log_prob": words("log of the probability of each row's target class"),
}
NOUNS = {"target_log_prob": words("Log-probability of the target")}
# verdict -> the icon and the word under a field
MARKS = {
    "correct": ("✓", words("correct")),
    "follows": ("↳", words("follows")),
    "mistake": ("!", words("known slip")),
    "not yet": ("≠", words("not yet")),
    "unreadable": ("?", words("no number")),
}
RUNG_TITLES = (
    words("Hint 1, the rule"),
    words("Hint 2, the formula"),
    words("Hint 3, with numbers"),
    words("Hint 4, the value"),
)
# mode -> the button that leads to it, and what stands beside that
INVITATIONS = {
    "complete": (
        words("Now you: complete it"),
        words("The same numbers, with some cells left for you."),
    ),
    "solve": (
        words("Now you: solve it all"),
        words("The same numbers, with every cell left for you."),
    ),
}
KEEPS = words(
    "Your numbers stay in this tab until you reload or close it; the code below keeps how each "
    "step went."
)
DONE = words("Every field is filled in. The list of your steps stands below.")
