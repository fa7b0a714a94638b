// Every mutant, at least one for each property.

import { acceptsForeignPositions } from './accepts-foreign-positions.ts';
import { addsUpInFloats } from './adds-up-in-floats.ts';
import { beginsAnotherEpoch } from './begins-another-epoch.ts';
import { believesInTheAmountAsked } from './believes-in-the-amount-asked.ts';
import { cancelsNothing } from './cancels-nothing.ts';
import { countsAPage } from './counts-a-page.ts';
import { countsPagesFromZero } from './counts-pages-from-zero.ts';
import { cutsLongTexts } from './cuts-long-texts.ts';
import { doesAllOrNothing } from './does-all-or-nothing.ts';
import { excludesTheInstant } from './excludes-the-instant.ts';
import { forgetsCommandIds } from './forgets-command-ids.ts';
import { forgetsOnRestart } from './forgets-on-restart.ts';
import { forgetsOpenEffects } from './forgets-open-effects.ts';
import { freesReferences } from './frees-references.ts';
import { goesOnAfterStop } from './goes-on-after-stop.ts';
import { ignoresAtLeast } from './ignores-at-least.ts';
import { ignoresCriteria } from './ignores-criteria.ts';
import { ignoresExpectedVersion } from './ignores-expected-version.ts';
import { includesTheEndOfARange } from './includes-the-end-of-a-range.ts';
import { keepsErasedData } from './keeps-erased-data.ts';
import { knowsUtcOnly } from './knows-utc-only.ts';
import { leaksAcrossOrganizations } from './leaks-across-organizations.ts';
import { leavesGapsInPositions } from './leaves-gaps-in-positions.ts';
import { leavesOutEmptyBuckets } from './leaves-out-empty-buckets.ts';
import { losesAnEvent } from './loses-an-event.ts';
import { matchesTheFirstWord } from './matches-the-first-word.ts';
import { notesRefusals } from './notes-refusals.ts';
import { overwritesVersions } from './overwrites-versions.ts';
import { pagesTheLogShort } from './pages-the-log-short.ts';
import { putsEffectsFirst } from './puts-effects-first.ts';
import { readsHalfAPayment } from './reads-half-a-payment.ts';
import { refundsBeyondTheCapture } from './refunds-beyond-the-capture.ts';
import { replaysWhatItShows } from './replays-what-it-shows.ts';
import { showsStaleReads } from './shows-stale-reads.ts';
import { skipsARowBetweenPages } from './skips-a-row-between-pages.ts';
import { sortsTiesAtWill } from './sorts-ties-at-will.ts';
import { suggestsAlphabetically } from './suggests-alphabetically.ts';
import { swallowsCommands } from './swallows-commands.ts';
import { takesAnyCursor } from './takes-any-cursor.ts';
import { tellsLosersTheyWon } from './tells-losers-they-won.ts';
import { tellsNoGaps } from './tells-no-gaps.ts';
import { verifiesNothing } from './verifies-nothing.ts';
import type { Mutant } from './mutant.ts';

export const allMutants: readonly Mutant[] = [
  acceptsForeignPositions,
  addsUpInFloats,
  beginsAnotherEpoch,
  believesInTheAmountAsked,
  cancelsNothing,
  countsAPage,
  countsPagesFromZero,
  cutsLongTexts,
  doesAllOrNothing,
  excludesTheInstant,
  forgetsCommandIds,
  forgetsOnRestart,
  forgetsOpenEffects,
  freesReferences,
  goesOnAfterStop,
  ignoresAtLeast,
  ignoresCriteria,
  ignoresExpectedVersion,
  includesTheEndOfARange,
  keepsErasedData,
  knowsUtcOnly,
  leaksAcrossOrganizations,
  leavesGapsInPositions,
  leavesOutEmptyBuckets,
  losesAnEvent,
  matchesTheFirstWord,
  notesRefusals,
  overwritesVersions,
  pagesTheLogShort,
  putsEffectsFirst,
  readsHalfAPayment,
  refundsBeyondTheCapture,
  replaysWhatItShows,
  showsStaleReads,
  skipsARowBetweenPages,
  sortsTiesAtWill,
  suggestsAlphabetically,
  swallowsCommands,
  takesAnyCursor,
  tellsLosersTheyWon,
  tellsNoGaps,
  verifiesNothing,
];
