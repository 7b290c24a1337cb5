-- Turns that were asked anew, and what conversations can be found by.
alter table turn add column replaced_by text;

-- An answer's words are taken in once it is whole, not with each piece of it.
alter table turn add column words tsvector not null generated always as (
  to_tsvector('simple', left(content || case when status = 'in_progress' then '' else ' ' || answer end, 200000))) stored;
create index turn_words on turn using gin (words);
create index turn_order on turn (conversation_id, seq);

drop index conversation_of_owner;
create index conversation_of_owner on conversation (owner, updated_at desc, conversation_id desc);
create index conversation_by_use on conversation (updated_at desc, conversation_id desc);
alter table conversation add column title_words tsvector not null generated always as (
  to_tsvector('simple', coalesce(title, ''))) stored;
create index conversation_title_words on conversation using gin (title_words);

-- Which questions of a conversation no longer count is read with those that do.
create index domain_event_entry_replaced on domain_event_entry (aggregate_identifier, sequence_number)
  where payload_type = 'turns-replaced';
