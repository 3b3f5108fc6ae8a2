// Replaced by the real suites.
