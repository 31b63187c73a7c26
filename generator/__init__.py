"""Turns an article, written as lessons, checklists and messages, into a coaching guide."""
