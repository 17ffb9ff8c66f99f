"""How the desk looks: templates, style sheet, filters for names, dates and numbers, charts, PDF and XLSX."""
