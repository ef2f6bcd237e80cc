"""A product that uses every word of the definition language, in texts."""

FORM = """\
title: {nl: Buurtfeest, en: Street party}
nature: report
theme: events
synonyms: [feest]
sign_in: {person: midden, company: eh2plus}
payment:
  moment: before_sending
  because: {nl: Wij maken de kaart meteen., en: We make the card at once.}
cosign:
  when: partner
  name: partner_name
  email: partner_email
  who: {nl: Uw partner, en: Your partner}
  because: {nl: Uw partner moet het ermee eens zijn., en: Your partner must agree.}
about:
  summary: {nl: Een feest in de straat., en: A party in the street.}
  minutes: 5
steps:
  - id: what
    title: {nl: Wat?, en: What?}
    short: {nl: Wat, en: What}
    questions:
      - id: welcome
        kind: text_block
        text: {nl: Lees dit eerst., en: Read this first.}
      - id: stay
        kind: period
        errors: {missing: {nl: Vul dit in, en: Fill this in}}
        label: {nl: Wanneer?, en: When?}
        why: {nl: Daarom., en: Because.}
        basis: APV 2:25
      - id: begins
        kind: time
        errors: {missing: {nl: Vul dit in, en: Fill this in}}
        label: {nl: Hoe laat?, en: At what time?}
        why: {nl: Daarom., en: Because.}
        basis: APV 2:25
      - id: spot
        kind: location
        errors: {missing: {nl: Vul dit in, en: Fill this in}}
        bounds: municipality
        label: {nl: Waar?, en: Where?}
        why: {nl: Daarom., en: Because.}
        basis: APV 2:25
      - id: plan
        kind: file
        types: [pdf, png]
        max_mb: 5
        maximum: 2
        label: {nl: Plattegrond, en: Plan}
        why: {nl: Daarom., en: Because.}
        basis: APV 2:25
        errors:
          missing: {nl: Vul dit in, en: Fill this in}
          unsafe: {nl: Dit bestand is niet veilig, en: This file is not safe}
      - id: stalls
        kind: table
        errors: {missing: {nl: Vul dit in, en: Fill this in}}
        label: {nl: Kramen, en: Stalls}
        why: {nl: Daarom., en: Because.}
        basis: APV 2:25
        row: {nl: Kraam, en: Stall}
        columns:
          - id: sells
            kind: choice
            errors: {missing: {nl: Vul dit in, en: Fill this in}}
            label: {nl: Wat, en: What}
            choices:
              - {value: food, label: {nl: Eten, en: Food}}
              - {value: goods, label: {nl: Spullen, en: Goods}}
          - id: gas
            kind: yes_no
            errors: {missing: {nl: Vul dit in, en: Fill this in}}
            when: sells == 'food'
            label: {nl: Gas, en: Gas}
            why: {nl: Daarom., en: Because.}
          - id: bottles
            kind: table
            errors: {missing: {nl: Vul dit in, en: Fill this in}}
            when: gas && how_many(plan) > 0
            label: {nl: Flessen, en: Bottles}
            row: {nl: Fles, en: Bottle}
            columns:
              - id: litres
                kind: decimal
                label: {nl: Liter, en: Litres}
                valid: litres < 100
                errors:
                  missing: {nl: Vul dit in, en: Fill this in}
                  valid: {nl: Te veel, en: Too much}
      - id: noise_plan
        kind: file
        by_rule: true
        optional: true
        label: {nl: Geluidsplan, en: Noise plan}
        why: {nl: Daarom., en: Because.}
      - id: stay_shown
        kind: calculated
        shows: length_of_stay
        label: {nl: Aantal dagen, en: Number of days}
  - id: who
    title: {nl: Wie?, en: Who?}
    short: {nl: Wie, en: Who}
    questions:
      - id: name
        kind: text
        errors: {missing: {nl: Vul dit in, en: Fill this in}}
        prefill: person.name
        label: {nl: Uw naam?, en: Your name?}
        why: {nl: Daarom., en: Because.}
        must: {nl: Zonder naam gaat het niet., en: Without a name it cannot be done.}
        basis: Awb 4:2
      - id: email
        kind: email
        errors: {missing: {nl: Vul dit in, en: Fill this in}}
        label: {nl: Uw e-mailadres?, en: Your e-mail address?}
        why: {nl: Daarom., en: Because.}
        must: {nl: Zonder adres gaat het niet., en: Without an address it cannot be done.}
        basis: Awb 2:8
      - id: birth
        kind: date
        errors: {missing: {nl: Vul dit in, en: Fill this in}}
        prefill: person.birth_date
        label: {nl: Uw geboortedatum?, en: Your date of birth?}
        why: {nl: Daarom., en: Because.}
        basis: Awb 4:2
      - id: bsn
        kind: bsn
        prefill: person.bsn
        label: {nl: Bsn, en: Bsn}
        why: {nl: Zo., en: So.}
        basis: Wabb 10
        errors: {missing: {nl: Vul dit in, en: Fill this in}}
      - {id: branch, kind: branch, label: {nl: Vestiging, en: Branch}, why: {nl: Zo., en: So.}, optional: true}
      - id: account
        kind: iban
        seen: true
        optional: true
        label: {nl: Rekening, en: Account}
        why: {nl: Zo., en: So.}
      - id: plate
        kind: plate
        seen: true
        foreign: true
        optional: true
        label: {nl: Auto, en: Car}
        why: {nl: Zo., en: So.}
      - {id: paid, kind: amount, label: {nl: Bedrag, en: Amount}, why: {nl: Zo., en: So.}, optional: true, seen: true}
      - id: illness
        kind: long_text
        sensitive: health
        seen: true
        label: {nl: Ziekte, en: Illness}
        why: {nl: Zo., en: So.}
        optional: true
      - id: partner
        kind: yes_no
        label: {nl: Partner?, en: Partner?}
        why: {nl: Zo., en: So.}
        basis: APV 2:25
        errors: {missing: {nl: Vul dit in, en: Fill this in}}
      - id: partner_name
        kind: text
        errors: {missing: {nl: Vul dit in, en: Fill this in}}
        when: partner
        label: {nl: Naam van uw partner, en: Name of your partner}
        why: {nl: Zo., en: So.}
        basis: APV 1:1
      - id: partner_email
        kind: email
        errors: {missing: {nl: Vul dit in, en: Fill this in}}
        when: partner
        label: {nl: E-mailadres van uw partner, en: E-mail address of your partner}
        why: {nl: Zo., en: So.}
        basis: APV 1:1
computed:
  - id: length_of_stay
    formula: days(stay.first, stay.last) + 1
    label: {nl: Aantal dagen, en: Number of days}
    digits: 0
  - id: gas_litres
    table: stalls
    formula: sum(bottles.map(b, b.litres))
  - id: all_litres
    formula: sum(gas_litres)
rules:
  - id: other
    effect: other_product
    value: event
    carry: {event_name: name, days: length_of_stay}
    when: length_of_stay > 3
    because: {nl: Dit duurt lang., en: This takes long.}
    source: APV 2:25
    valid_from: 2026-01-01
  - id: too-young
    effect: likely_refusal
    when: age(birth) < 18
    because: {nl: U bent jong., en: You are young.}
    source: APV 2:25
    valid_from: 2026-01-01
  - id: noise
    effect: ask_also
    value: noise_plan
    when: begins < '07:00'
    because: {nl: Dat is vroeg., en: That is early.}
    source: APV 2:25
    valid_from: 2026-01-01
  - id: gas-team
    effect: route
    value: street
    when: all_litres > 50
    because: {nl: Dat is veel gas., en: That is much gas.}
    source: APV 2:25
    valid_from: 2026-01-01
  - id: gas-task
    effect: task
    value: look-at-gas
    when: all_litres > 50
    because: {nl: Dat is veel gas., en: That is much gas.}
    source: APV 2:25
    valid_from: 2026-01-01
  - id: gas-advice
    effect: advice
    value: fire
    when: all_litres > 50 || weekday(stay.first) == 7 || holiday(stay.first) || add_months(stay.first, 1) < today
    because: {nl: Dat is veel gas., en: That is much gas.}
    source: APV 2:25
    valid_from: 2026-01-01
  - id: price
    effect: fee
    value: day
    when: length_of_stay > 0
    because: {nl: Elke dag kost geld., en: Each day costs money.}
    source: Legesverordening
    valid_from: 2026-01-01
fees:
  - class: day
    cents: 171
    per: length_of_stay
    fixed_cents: 20000
    valid_from: 2026-01-01
    source: Legesverordening
    label: {nl: Per dag, en: Per day}
roles:
  name: name
  email: email
  bsn: bsn
  branch: branch
  place: spot
  starts: stay
  ends: stay
  facts: [stay, length_of_stay]
"""

PROCESS = """\
nature_of_outcome: acceptance
term: {amount: 4, unit: weeks, set_by: ordinance, article: APV 2:25, source_seen: false}
service_norm: {amount: 5, unit: working_days}
procedure: regular
silence: {effect: allowed, article: APV 2:25}
repair_days: 14
authority: de burgemeester
signatory: Teamleider
legal_basis: [APV 2:25]
team: events
four_eyes: true
publish: false
sample_percent: 5
advisers:
  - {id: fire, name: 'Veiligheidsregio, brandweer', kind: external, days: 14, article: Awb 3:6}
tasks:
  - id: check-completeness
    title: {nl: Kijk of alles er is, en: See whether all is there}
    checklist:
      - {id: plan, nl: De plattegrond is er., en: The plan is there.}
  - id: look-at-gas
    title: {nl: Bekijk het gas, en: Look at the gas}
    after: [check-completeness]
    by_rule: true
    team: street
  - id: call
    title: {nl: Bel de organisator, en: Call the organiser}
    when: partner
    optional: true
refusal_grounds:
  - {id: danger, text: Het is gevaarlijk., because: Er is te veel gas., source: APV 1:8}
subject: een feest van {length_of_stay} dagen
permit: {valid_from: stay, valid_until: stay, renew_before_days: 60}
retention:
  granted: {number: 11.1.1, years: 1, starts: closed}
  refused: {number: 11.2, years: 5, starts: closed}
  withdrawn: {number: 11.3, years: 1, starts: closed}
  broken_off: {number: 6.1.9, keep: true, starts: closed}
escalation:
  - {before: 3, of: decision, tell: handler}
  - {after: 1, of: decision, tell: lead}
  - {before: 1, of: norm, tell: handler}
"""

FILES = {"form.yaml": FORM, "process.yaml": PROCESS}
