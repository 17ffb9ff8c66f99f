"""Messages of ISO 20022 (pacs, pain, camt and their like), in any version and envelope: transactions to subjects."""
