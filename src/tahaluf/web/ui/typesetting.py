"""The process that makes one PDF: an order as JSON on standard input, the document on standard output.

Started by `ui/pdf.py`; imports nothing of the desk, so that it starts quickly.
"""

import sys

import orjson
import typst

NOWHERE = "/nonexistent"  # where packages would be kept: there are none, and none are fetched


def main() -> None:
    order = orjson.loads(sys.stdin.buffer.read())
    compiler = typst.Compiler(
        order["template"],
        root=order["root"],
        font_paths=order["fonts"],
        ignore_system_fonts=True,
        sys_inputs=order["inputs"],
        package_path=NOWHERE,
        package_cache_path=NOWHERE,
    )
    made = compiler.compile(format="pdf", pdf_standards="a-2a", timestamp=order["at"])
    sys.stdout.buffer.write(made if isinstance(made, bytes) else b"")


if __name__ == "__main__":
    main()
