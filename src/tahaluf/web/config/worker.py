"""`python -m tahaluf.web.config.worker`: a process that runs jobs until it is told to end."""

import os


def main(*, once: bool = False) -> None:
    """Sets the desk up and works."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tahaluf.web.config.settings")
    import django  # noqa: PLC0415 (settings come first)

    django.setup()
    from django.conf import settings  # noqa: PLC0415

    from tahaluf.web.common.jobs.process import work  # noqa: PLC0415 (models come after the setup)
    from tahaluf.web.config.occupying import sharing  # noqa: PLC0415

    with sharing(settings.DATA):
        work(once=once)


if __name__ == "__main__":
    main()
