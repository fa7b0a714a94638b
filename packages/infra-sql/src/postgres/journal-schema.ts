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
 *
 * The batch comes as columns, see `commitStatement`: taking it apart costs a third of what reading JSON costs.
 */
const commitEntries: PostgresMigration = `
  create function paystrata.commit_entries(batch text)
    returns table (outcome text, "version" integer, "position" bigint)
    language plpgsql volatile
  as $function$
  declare
    columns text[] := string_to_array(batch, E'\\x1d');
    organizations text[] := string_to_array(columns[1], E'\\x1e');
    payments text[] := string_to_array(columns[2], E'\\x1e');
    subjects text[] := string_to_array(columns[3], E'\\x1e');
    commands text[] := string_to_array(columns[4], E'\\x1e');
    expecteds integer[] := string_to_array(columns[5], E'\\x1e');
    event_counts integer[] := string_to_array(columns[6], E'\\x1e');
    states text[] := string_to_array(columns[7], E'\\x1e');
    sealeds text[] := string_to_array(columns[8], E'\\x1e', E'\\x18');
    keeps boolean[] := string_to_array(columns[9], E'\\x1e');
    eraseds text[] := string_to_array(columns[10], E'\\x1e', E'\\x18');
    texts text[] := string_to_array(columns[11], E'\\x1e');
    head bigint;
    first_head bigint;
    next_text integer := 0;
    event_count integer;
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

    for entry in 1 .. array_length(organizations, 1) loop
      event_count := event_counts[entry];
      next_text := next_text + event_count;

      select d.stream, d.version into document_stream, document_version
        from paystrata.documents d
        where d.payment = payments[entry] and d.organization = organizations[entry];
      if found then
        select 'duplicate', e.version, e.position into outcome, "version", "position"
          from paystrata.events e
          where e.stream = document_stream and e.command = commands[entry];
        if found then
          return next;
          continue;
        end if;
      else
        document_version := 0;
      end if;

      if document_version <> expecteds[entry] then
        outcome := 'wrong_version';
        "version" := document_version;
        "position" := null;
        return next;
        continue;
      end if;

      -- What is sealed with a key that is about to be destroyed would be lost.
      if sealeds[entry] is not null then
        perform from paystrata.erasures e where e.organization = organizations[entry] and e.subject = subjects[entry];
        if found then
          outcome := 'erasing';
          "version" := null;
          "position" := null;
          return next;
          continue;
        end if;
      end if;

      if document_stream is null then
        insert into paystrata.documents as d (organization, payment, subject, version, state, sealed)
          values (organizations[entry], payments[entry], subjects[entry], event_count, states[entry], sealeds[entry])
          returning d.stream into document_stream;
      else
        update paystrata.documents d
          set version = document_version + event_count, state = states[entry],
            sealed = case when keeps[entry] then d.sealed else sealeds[entry] end
          where d.stream = document_stream;
      end if;

      for number in 1 .. event_count loop
        insert into paystrata.events (position, stream, version, organization, command, text)
          values (head + number, document_stream, document_version + number, organizations[entry],
            case when number = event_count then commands[entry] end, texts[next_text - event_count + number]);
      end loop;
      head := head + event_count;

      if eraseds[entry] is not null then
        insert into paystrata.erasures (organization, subject) values (organizations[entry], eraseds[entry])
          on conflict do nothing;
      end if;

      outcome := 'committed';
      "version" := document_version + event_count;
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
