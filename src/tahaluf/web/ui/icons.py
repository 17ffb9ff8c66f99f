"""The desk's own icons: strokes in a field of 24 × 24. They stand beside words and are hidden from screen readers."""

ICONS: dict[str, str] = {
    "home": "M4 11 12 4l8 7M6 10v10h12V10M10 20v-6h4v6",
    "search": "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M15.5 15.5 20 20",
    "bell": "M6 17V11a6 6 0 0 1 12 0v6l2 1H4zM10 21h4M12 5V3",
    "file": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "eye": "M2.5 12C5 7.5 8.5 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-6 6.5-9.5 6.5S5 16.5 2.5 12"
    "M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6",
    "mail": "M3 6h18v12H3zM3 7l9 7 9-7",
    "list": "M9 6h11M9 12h11M9 18h11M4 6h1M4 12h1M4 18h1",
    "chart": "M4 4v16h16M8 16v-4M12 16V8M16 16v-6",
    "sliders": "M4 7h9M17 7h3M4 12h3M11 12h9M4 17h11M19 17h1M13 5v4M7 10v4M15 15v4",
    "people": "M9 5a3.2 3.2 0 1 1 0 6.4A3.2 3.2 0 0 1 9 5M3 20c0-4 2.5-6 6-6s6 2 6 6"
    "M16 5.5a3 3 0 0 1 0 5.6M17 14.3c2.5.5 4 2.3 4 5.7",
    "shield": "M12 3l7.5 3v5.5c0 4.5-3 7.7-7.5 9.5-4.5-1.8-7.5-5-7.5-9.5V6zM8.5 12l2.5 2.5 4.5-5",
    "person": "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4.5 21c0-4.5 3-6.5 7.5-6.5s7.5 2 7.5 6.5",
    "leave": "M10 4H5v16h5M10 12h10M16 8l4 4-4 4",
    "help": "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M9.5 9.5c0-3.5 5.2-3.2 5.2 0 0 2-2.7 2.2-2.7 4.3M12 17v.2",
    "check": "M5 12.5 10 17.5 19.5 7",
    "cross": "M6 6l12 12M18 6 6 18",
    "warn": "M12 4 21 20H3zM12 10v5M12 17.5v.2",
    "clock": "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M12 7v5l3.5 2",
    "copy": "M9 9h11v11H9zM15 9V4H4v11h5",
    "download": "M12 4v11M7 11l5 5 5-5M4 20h16",
    "upload": "M12 16V5M7 9l5-5 5 5M4 20h16",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "key": "M8 11a4 4 0 1 1 0 8 4 4 0 0 1 0-8M11 12l8-8M16 7l3 3",
    "feed": "M5 11a8 8 0 0 1 8 8M5 5a14 14 0 0 1 14 14M6 18v.2",
    "next": "M9 5l7 7-7 7",
    "previous": "M15 5l-7 7 7 7",
    "menu": "M4 6h16M4 12h16M4 18h16",
    "link": "M10 14a4 4 0 0 0 6 0l3-3a4.2 4.2 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4.2 4.2 0 0 0 6 6l1-1",
}
# These point along the line of reading and are turned with it; the others are the same in every direction.
TURNING = frozenset({"next", "previous", "leave", "list"})
