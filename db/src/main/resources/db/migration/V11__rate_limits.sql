-- How much of what somebody may do is used up, shared by all nodes. What a crash of the database loses is given again.
create unlogged table rate_limit (
  id         text primary key,
  state      bytea,
  expires_at bigint
);
create index rate_limit_expiry on rate_limit (expires_at);
grant select, insert, update, delete on rate_limit to colloquy_app;
