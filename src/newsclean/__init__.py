"""newsclean turns crawled news text into clean, deduplicated articles."""
