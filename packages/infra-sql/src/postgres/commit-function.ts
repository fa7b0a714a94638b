// The function in PostgreSQL that commits a batch.

/**
 * Takes the entries one after the other, each seeing those before it, and answers a row an entry. All of it happens in
 * the database, in one statement of one message: no lock waits for a client that was stopped.
 *
 * The batch comes as columns, see `commitStatement`: taking it apart costs a third of what reading JSON costs.
 */
export const commitEntries = `
  create function paystrata.commit_entries(batch text)
    returns table (outcome text, "version" integer, "position" bigint)
    language plpgsql volatile
  as $function$
  declare
    columns text[] := string_to_array(batch, E'\\x1d');
    organizations text[] := string_to_array(columns[1], E'\\x1e');
    categories text[] := string_to_array(columns[2], E'\\x1e');
    names text[] := string_to_array(columns[3], E'\\x1e');
    expecteds integer[] := string_to_array(columns[4], E'\\x1e');
    event_counts integer[] := string_to_array(columns[5], E'\\x1e');
    subjects text[] := string_to_array(columns[6], E'\\x1e', E'\\x18');
    states text[] := string_to_array(columns[7], E'\\x1e', E'\\x18');
    sealeds text[] := string_to_array(columns[8], E'\\x1e', E'\\x18');
    keeps boolean[] := string_to_array(columns[9], E'\\x1e');
    eraseds text[] := string_to_array(columns[10], E'\\x1e', E'\\x18');
    ids text[] := string_to_array(columns[11], E'\\x1e', E'\\x18');
    texts text[] := string_to_array(columns[12], E'\\x1e');
    head bigint := paystrata.lock_journal();
    first_head bigint := head;
    last_text integer := 0;
    first_text integer;
    event_count integer;
    number bigint;
    before integer;
    link bytea;
    links bytea[];
    has_ended boolean;
  begin
    for entry in 1 .. array_length(organizations, 1) loop
      event_count := event_counts[entry];
      first_text := last_text + 1;
      last_text := last_text + event_count;

      select s.stream, s.version, s.chain, s.ended into number, before, link, has_ended
        from paystrata.streams s
        where s.name = names[entry] and s.category = categories[entry] and s.organization = organizations[entry];
      if found then
        select 'duplicate', e.version, e.position into outcome, "version", "position"
          from unnest(ids[first_text : last_text]) as k (id)
          cross join lateral paystrata.events_known(number, k.id) e
          order by e.version desc limit 1;
        if found then
          return next;
          continue;
        end if;
        if has_ended then
          outcome := 'ended';
          "version" := null;
          "position" := null;
          return next;
          continue;
        end if;
      else
        before := 0;
        link := decode(repeat('00', 32), 'hex');
      end if;

      if not paystrata.meets_expected(expecteds[entry], before) then
        outcome := 'wrong_version';
        "version" := before;
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

      links := '{}';
      for item in first_text .. last_text loop
        link := sha256(link || convert_to(texts[item], 'UTF8'));
        links := array_append(links, link);
      end loop;

      if number is null then
        insert into paystrata.streams as s
            (organization, category, name, subject, version, position, chain, state, sealed)
          values (organizations[entry], categories[entry], names[entry], subjects[entry], event_count,
            head + event_count, link, states[entry], sealeds[entry])
          returning s.stream into number;
      else
        update paystrata.streams s
          set version = before + event_count, position = head + event_count, chain = link,
            subject = coalesce(subjects[entry], s.subject), state = coalesce(states[entry], s.state),
            sealed = case when keeps[entry] then s.sealed else sealeds[entry] end
          where s.stream = number;
      end if;

      for item in 1 .. event_count loop
        insert into paystrata.events (position, stream, version, organization, category, id, chain, text)
          values (head + item, number, before + item, organizations[entry], categories[entry],
            ids[first_text + item - 1], links[item], texts[first_text + item - 1]);
      end loop;
      head := head + event_count;

      if eraseds[entry] is not null then
        insert into paystrata.erasures (organization, subject) values (organizations[entry], eraseds[entry])
          on conflict do nothing;
      end if;

      outcome := 'committed';
      "version" := before + event_count;
      "position" := head;
      return next;
    end loop;

    if head <> first_head then
      update paystrata.journal j set position = head;
    end if;
  end
  $function$;
`;
