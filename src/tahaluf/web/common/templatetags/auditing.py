"""Words for the codes of the audit log: `{% load auditing %}`."""

from django import template

from tahaluf.web.common.audit import words

register = template.Library()
register.filter(words.action_words)
register.filter(words.thing_words)
