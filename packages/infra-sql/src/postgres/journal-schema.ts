// The tables of the journal in PostgreSQL, and the function that commits.

/** Statements that make the next version of the schema; never changed once released. */
export type PostgresMigration = string;

/**
 * - `journal`: one row, the last position and the name of this life of the log. Its lock is held until a commit ends: so
 *   the order of positions is the order of commits, and there are no gaps.
 * - `documents`: the newest snapshot of each payment; its number names the stream in `events`, which keeps that table's
 *   indexes small. No index has a column that changes, and pages have room left, so an update touches no index.
 * - `events`: the log. `command` stands on the last event of each commit only. Text, not jsonb, which reorders keys.
 * - `erasures`: subjects whose key is to be destroyed, from the commit of the erasure until it is done.
 */
const tables: PostgresMigration = `
  create table paystrata.journal (
    one boolean primary key default true check (one),
    position bigint not null,
    epoch text not null
  ) with (fillfactor = 10);
  insert into paystrata.journal (position, epoch) values (0, replace(gen_random_uuid()::text, '-', ''));

  create table paystrata.documents (
    stream bigint generated always as identity primary key,
    organization text collate "C" not null,
    payment text collate "C" not null,
    subject text collate "C" not null,
    version integer not null,
    state text not null,
    sealed text
  ) with (fillfactor = 70);
  create unique index documents_by_payment on paystrata.documents (payment, organization);
  create index documents_by_subject on paystrata.documents (subject, organization);

  create table paystrata.events (
    position bigint primary key,
    stream bigint not null,
    version integer not null,
    organization text collate "C" not null,
    command text collate "C",
    text text not null
  );
  create unique index events_by_stream on paystrata.events (stream, version);
  create index events_by_organization on paystrata.events (organization, position);
  create unique index events_by_command on paystrata.events (stream, command) where command is not null;

  create table paystrata.erasures (
    organization text collate "C" not null,
    subject text collate "C" not null,
    primary key (organization, subject)
  );
`;

/**
 * Takes the entries one after the other, each seeing those before it, and answers a row an entry. All of it happens in
 * the database, in one statement of one message: no lock waits for a client that was stopped.
 */
const commitEntries: PostgresMigration = `
  create function paystrata.commit_entries(batch json)
    returns table (outcome text, "version" integer, "position" bigint)
    language plpgsql volatile
  as $function$
  declare
    head bigint;
    first_head bigint;
    entry record;
    known record;
    number_of_events integer;
    document_stream bigint;
    document_version integer;
  begin
    if current_setting('transaction_isolation') <> 'read committed' then
      raise exception 'paystrata commits at the isolation level read committed only' using errcode = '25001';
    end if;
    if current_setting('synchronous_commit') = 'off' then
      perform set_config('synchronous_commit', 'on', true);
    end if;
    perform set_config('lock_timeout', '5s', true);

    -- A statement of its own: those that follow get their snapshots after the lock was had, so they see everything
    -- that was committed before.
    select j.position into strict head from paystrata.journal j for update;
    first_head := head;

    for entry in
      select * from json_to_recordset(batch) as e (
        organization text, payment text, subject text, expected integer, command text, events json, state text,
        sealed text, keep boolean, erased text
      )
    loop
      select d.stream, d.version into document_stream, document_version
        from paystrata.documents d
        where d.payment = entry.payment and d.organization = entry.organization;
      if found then
        select e.version, e.position into known
          from paystrata.events e
          where e.stream = document_stream and e.command = entry.command;
        if found then
          outcome := 'duplicate';
          "version" := known.version;
          "position" := known.position;
          return next;
          continue;
        end if;
      else
        document_stream := null;
        document_version := 0;
      end if;

      if document_version <> entry.expected then
        outcome := 'wrong_version';
        "version" := document_version;
        "position" := null;
        return next;
        continue;
      end if;

      number_of_events := json_array_length(entry.events);
      if document_stream is null then
        insert into paystrata.documents as d (organization, payment, subject, version, state, sealed)
          values (entry.organization, entry.payment, entry.subject, entry.expected + number_of_events, entry.state,
            entry.sealed)
          returning d.stream into document_stream;
      else
        update paystrata.documents d
          set version = entry.expected + number_of_events, state = entry.state,
            sealed = case when entry.keep then d.sealed else entry.sealed end
          where d.stream = document_stream;
      end if;

      insert into paystrata.events as e (position, stream, version, organization, command, text)
        select head + each.number, document_stream, entry.expected + each.number, entry.organization,
            case when each.number = number_of_events then entry.command end, each.text
          from json_array_elements_text(entry.events) with ordinality as each (text, number);
      head := head + number_of_events;

      if entry.erased is not null then
        insert into paystrata.erasures (organization, subject) values (entry.organization, entry.erased)
          on conflict do nothing;
      end if;

      outcome := 'committed';
      "version" := entry.expected + number_of_events;
      "position" := head;
      return next;
    end loop;

    if head <> first_head then
      update paystrata.journal j set position = head;
    end if;
  end
  $function$;
`;

export const postgresMigrations: readonly PostgresMigration[] = [tables + commitEntries];
