"""Reading the desk's strings from its templates and modules, for `check_web_strings.py`."""
