"""What people are screened for: the threshold, the legal basis, how long things are kept, when they are due."""
