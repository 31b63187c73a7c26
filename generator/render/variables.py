"""What page templates can use, with its meaning: the list that the authors' manual shows to designers."""

from __future__ import annotations

VARIABLES = {
    "page": "The page being written: `page.title`, `page.description`, `page.subject` (its lesson, checklist, message "
    "or path), `page.trail`.",
    "guide": "The whole guide: `guide.lessons`, `guide.checklists`, `guide.messages`, `guide.references`; "
    "`guide.lessons_in('stage')`, `guide.checklists_in('situation')`, `guide.messages_in('situation')`.",
    "settings": "What guide.yml says: `settings.title`, `settings.stages`, `settings.paths`.",
    "url": "`url('lessons/x.md')`: the link from this page to a page or a file.",
    "prose": "`prose(text)`: prose of the guide as HTML, with its links and citations.",
    "cite": "`cite('key')`: a link to a study, with its authors and year.",
    "item_links": "`item_links(text)`: address and title of every page that an item links to.",
    "item_titles": "`item_titles(text, 'checklists/x.md')`: the titles of the pages that an item links to, for paper.",
    "paper": "`paper(text)`: prose as HTML without links, for paper.",
    "journey": "The lessons as stops on a line, laid out to be drawn.",
    "channel": "`channel('Email')`: what a channel takes.",
    "channel_titles": "The channels that messages of this guide are written for.",
    "longest_address": "Characters that a mail link may have.",
    "address": "`address('lessons/x.md')`: the published address of a page, \"\" while the site has none.",
    "calendar_url": "`calendar_url('messages/x.md')`: the calendar file of a page.",
    "rhythm": "`rhythm('weekly')`: how often a routine comes back, as a recurrence rule.",
    "rhythm_words": "`rhythm_words('weekly')`: how often a routine comes back, in words.",
    "forms": "`forms('count.lessons')`: all forms of such a word, for a script that chooses among them by number.",
    "t": "`t('message.send_when')`: a word of the generator's own in the guide's language.",
    "sequence": "`sequence(message)`: a message and those that may follow it, with their days.",
    "message_lines": "`message_lines(message)`: what its calendar entry says.",
    "routine_lines": "`routine_lines(checklist)`: what the calendar entry of a routine says.",
    "downloads": "Every file to take away: `file.uri`, `file.label`, `file.facts`.",
    "download": "`download('workbook-a4.pdf')`: the file at that address, nothing when there is none.",
    "downloads_of": "`downloads_of('lessons/x')`: the files that belong to a page.",
    "kept": "`kept(macro, lesson)`: what a macro makes of a lesson, a checklist or a message; made anew only "
    "when something that it shows has changed.",
    "plan_data": "`plan_data()`: titles and addresses of the guide as JSON, for the page of the reader's plan.",
}
