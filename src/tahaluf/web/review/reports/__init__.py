"""What leaves the desk about alerts: the case file as PDF, the queue as a spreadsheet, statistics with charts."""
