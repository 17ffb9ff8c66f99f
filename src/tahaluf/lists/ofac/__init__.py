"""The lists of the United States' Office of Foreign Assets Control, in the three forms that it publishes."""
