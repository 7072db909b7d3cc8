"""Personal data under the law: retention that ended, erasing and anonymising, the ledger."""
