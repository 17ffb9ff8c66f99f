"""Commands of the desk: the one door from the command line to `web`."""
