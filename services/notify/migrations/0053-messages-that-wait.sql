-- Which messages wait so long that who should hear of it in time does not, is asked by whoever watches this service.
set lock_timeout = '5s';
create index messages_open on notify.messages (id) where state in ('created', 'sending');
