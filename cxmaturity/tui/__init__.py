"""The terminal interface: values become a screen, keys become answers.

Only here is Textual imported, and not before the interface starts: the command line asks this
package what the user's preferences are, and that has to stay quick.
"""
