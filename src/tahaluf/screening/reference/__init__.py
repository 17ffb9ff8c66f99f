"""The engine once more, slow and obvious: read it to know what the kernels compute, test against it to change them.

Plain Python over lists and dicts; every listed name is compared in full. It shares the rules' constants with the
kernels and nothing else, and no other module uses it: only tests call it.
"""
