-- The letter with conditions that come to what the law gave (Awb 4:20f).
set lock_timeout = '5s';
alter table notify.messages drop constraint messages_kind_check;
alter table notify.messages add constraint messages_kind_check check (kind in (
    'receipt', 'progress', 'question', 'reminder', 'deadline', 'draft', 'decision', 'withdrawn', 'file_infected',
    'file_unjudged', 'expiring', 'paid', 'paid_back', 'corrected', 'morning', 'cosign', 'cosign_reminder',
    'cosign_awaited', 'suspended', 'extended', 'delay', 'default', 'default_early', 'more_time', 'penalty', 'unpaid',
    'advice', 'advice_reminder', 'view', 'view_decided', 'application_ready', 'permit_expires', 'permit_withdrawn',
    'confirm', 'panel', 'support', 'decision_renewed', 'conditions_added'));
