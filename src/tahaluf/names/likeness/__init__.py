"""How alike two tokens are, scored against chance: a letter transducer learned from pairs of spellings."""
