"""The window kit: parts that every feature window is made of, so that all behave alike.

**Look.** `appearance.appearance()` holds theme, text size, letter palette (signal ``changed``); change
them through `ui.application.DesktopApplication` (``use_language use_theme use_text_size
step_text_size use_letter_palette``). Never write pixels or font sizes: note them by `scale`
(``spaced(layout, spacing, margins)`` in units of 4 px, ``sized_font(widget, 1.5, bold=True)``,
``with_icon(button, "lock", "text", checked="on_accent")``, ``at_least(widget, width=50)``) and they
follow the text. Looks are chosen by ``setProperty("role", …)``: labels ``secondary error accent``;
buttons ``primary danger plain link side``; frames ``card bar top rule sidebar``; a whole page
``page``. Colours stand in `palettes`, the stylesheet in resources/styles/kit.qss.

**Buttons and lines.** `buttons.PushButton`, `buttons.ToolButton`, `line.Line` and `wrapped_label.WrappedLabel`
stand for Qt's own: they measure themselves, so that another text size has not to dress each of them anew.

**Words.** Labels given to kit widgets as *catalog ids* (`N_`) are translated by the widget; texts
given to methods (``tell``, ``set_part``, ``set_title``, ``set_heading``) are ready words. A widget
of your own answers ``LanguageChange`` in ``changeEvent`` by ``retranslate()``.

**Inputs** (`field_box.FieldBox`): ``make_field(field, FieldNeeds(tasks, references, today),
parent=None, required=None)`` gives the input for a registry `Field`; text typed by a person that
belongs to no kind takes a `Field` of its own. ``value()`` JSON value or `UserError` · ``draft()``
what stands there · ``set_value(v)`` silent · ``problem()`` words or "" · ``set_error(text)`` ·
signals ``edited left entered`` (name) · ``editor`` the widget with the focus. `TextField
LongTextField DigitField DateField CodeField CodesField ReferenceField ReferencesField FlagField
WordsField`, and `SecretField` (``secret()``, ``clear()``). References come from a `ReferenceSource`
(``search(kind, text)``, ``named(kind, uids)`` → `Choice(key, title, subtitle)`, on the read lane);
``new_requested(name, kind, text)`` asks the page for a new record, ``box.choose(Choice)`` answers.

**Forms.** ``FormPage(kind, needs, fields=None, required=(), page_titles=None)``: signals
``draft_changed(dict) submitted(dict) left thrown_away new_requested``; ``set_values(dict)
draft_values() values() submit() refuse(error) go_to(name) set_title(text)``; ``bar.draft_kept("14:32")
bar.saved("14:32") bar.add_button(button)``; ``messages`` is its `MessageBar`, ``head`` a flow for
more widgets beside the title; `form_grid.FormGrid(boxes)` and `draft_clock.DraftClock` serve
hand-made pages.

**Lists.** `rows.RowSource` (``count first_page ids rows_by_ids``, on the read lane) → `PagedTable(
columns, source, tasks)` with ``ask(Question) reload()``, signals ``counted completed failed`` →
`TableView(model, caption)` with ``opened(row) chosen(row) sort_by(name)``. `ListPage(heading, action,
model, FilterBar([CodeFilter(name, label, list)]), EmptyState(icon, heading, text, action))`` with
``start(sort, descending=…)``, ``changed()`` for the hub, signals ``opened(row) started``.

**Around.** `MessageBar` (``inform succeed warn fail tell(severity, text, action=…, on_action=…)``,
signal ``told``), `SideBar([Section(key, label, icon, keys)], below)` (``choose fit_to(width)``,
``chosen``), `StatusParts.set_part(key, text, tip)` (``pressed``), `LanguageButtons` (``chosen``),
`ViewButtons` (``text_stepped names_hidden locked``), `PracticeBand`, `ReadingBand`, `Card(heading).column`,
`FlowLayout`, `PageView(tasks).show_pages(PageSource)` (``go_to_page``, ``page_changed``),
`ask.ask(parent, text, do=…, keep=…)` for what cannot be undone, `field_box.announce(widget, text)` for
screen readers, `window_listener.WindowListener` (keys and mouse of every window; never an event filter
on the application: it would be called for every event of every widget), `layout_keys.LayoutKeys`,
`enter_presses.EnterPresses`.

Beside the kit: `ui.tasks.Tasks` (``write read free (job, then, failed, owner=…)``; a job takes
``progress``; ``idle``), `ui.hub.ChangeHub`, `ui.errors.show_error(bar, error)`.
"""
