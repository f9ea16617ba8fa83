"""cxmaturity: a rules-based customer-experience maturity assessment engine."""

__version__ = "0.1.0"
