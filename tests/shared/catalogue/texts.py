"""A small product in texts, to plant faults in."""

FORM = """\
title: {nl: Proef, en: Trial}
nature: permit
theme: street
synonyms: [proef]
about:
  summary: {nl: Een proef., en: A trial.}
  needed_when:
    - {nl: Altijd., en: Always.}
  not_needed_when: []
  at_hand: []
  minutes: 2
  apply_before: {nl: Vandaag., en: Today.}
steps:
  - id: first
    title: {nl: Wat?, en: What?}
    short: {nl: Wat, en: What}
    questions:
      - id: things
        kind: table
        errors: {missing: {nl: Vul dit in, en: Fill this in}}
        label: {nl: Welke dingen?, en: Which things?}
        why: {nl: Daarom., en: Because.}
        basis: APV 1:1
        row: {nl: Ding, en: Thing}
        columns:
          - id: colour
            kind: choice
            errors: {missing: {nl: Vul dit in, en: Fill this in}}
            label: {nl: Kleur, en: Colour}
            choices:
              - {value: red, label: {nl: Rood, en: Red}}
              - {value: blue, label: {nl: Blauw, en: Blue}}
          - id: length
            kind: decimal
            errors: {missing: {nl: Vul dit in, en: Fill this in}}
            label: {nl: Lengte, en: Length}
      - id: heavy
        kind: yes_no
        errors: {missing: {nl: Vul dit in, en: Fill this in}}
        label: {nl: Is het zwaar?, en: Is it heavy?}
        why: {nl: Daarom., en: Because.}
        basis: APV 1:1
      - id: weight
        kind: integer
        when: heavy
        label: {nl: Hoe zwaar?, en: How heavy?}
        why: {nl: Daarom., en: Because.}
        optional: true
  - id: last
    title: {nl: Wie?, en: Who?}
    short: {nl: Wie, en: Who}
    questions:
      - id: name
        kind: text
        errors: {missing: {nl: Vul dit in, en: Fill this in}}
        label: {nl: Uw naam?, en: Your name?}
        must: {nl: Daarom., en: Because.}
        why: {nl: Daarom., en: Because.}
        basis: Awb 4:2
      - id: email
        kind: email
        errors: {missing: {nl: Vul dit in, en: Fill this in}}
        label: {nl: Uw e-mailadres?, en: Your e-mail address?}
        must: {nl: Daarom., en: Because.}
        why: {nl: Daarom., en: Because.}
        basis: Awb 2:8
computed:
  - id: doubled
    table: things
    formula: length * 2
  - id: total
    formula: sum(doubled)
    label: {nl: Totaal, en: Total}
rules:
  - id: too-heavy
    effect: warn
    when: weight > 100
    because: {nl: Dat is zwaar., en: That is heavy.}
    source: APV 1:1
    valid_from: 2026-01-01
  - id: price
    effect: fee
    value: plain
    when: total > 0
    because: {nl: Dat kost geld., en: That costs money.}
    source: Legesverordening
    valid_from: 2026-01-01
fees:
  - class: plain
    cents: 1000
    valid_from: 2026-01-01
    source: Legesverordening
    label: {nl: Gewoon, en: Plain}
roles:
  name: name
  email: email
  facts: [things, total]
"""

PROCESS = """\
term: {amount: 8, unit: weeks, set_by: ordinance, article: APV 1:2}
repair_days: 14
authority: het college van burgemeester en wethouders
signatory: Teamleider
legal_basis: [APV 1:1]
grant_reasons:
  - {id: fine, text: Het is goed., because: Het past., source: APV 1:1, when: true}
refusal_grounds:
  - {id: bad, text: Het is slecht., because: Het past niet., source: APV 1:8}
conditions: []
retention:
  granted: {number: 11.1.2, years: 1, starts: fixed_date}
  refused: {number: 11.2, years: 5, starts: closed}
  withdrawn: {number: 11.3, years: 1, starts: closed}
  broken_off: {number: 11.4, years: 1, starts: closed}
"""

CASE = """\
on: 2026-05-01
answers:
  things:
    - {colour: red, length: '2.5'}
  heavy: true
  weight: 120
  name: Noor
  email: noor@example.org
expect:
  visible: [weight]
  computed: {total: 5}
  fired: [too-heavy, price]
  fee: plain
  outcome: permit
"""

FILES = {"form.yaml": FORM, "process.yaml": PROCESS}
