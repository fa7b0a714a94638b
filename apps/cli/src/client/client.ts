// Everything the commands ask for, answered by the store in this process or by a running API, in the same words.

import type {
  Adopt,
  AnalyticsView,
  CommandMap,
  EventCountsView,
  EventView,
  ListView,
  MaintenanceAction,
  MaintenanceOptions,
  PaymentView,
  Progress,
  QueryInput,
  QueryType,
  ReplayView,
  StatisticsView,
  SuggestionView,
  TimelineEntryView,
  TrendView,
} from '@paystrata/application';
import type { FindReferences, ImportTarget } from '../import/import-target.ts';

/** The commands on one payment. */
type PaymentCommandType = Exclude<keyof CommandMap, 'ImportPayments'>;
export type PaymentCommandInput = {
  readonly [Type in PaymentCommandType]: CommandMap[Type]['input'];
}[PaymentCommandType];

/** What each query answers, as it is shown. */
export interface Answers {
  readonly GetPayment: PaymentView;
  readonly SearchPayments: ListView<PaymentView>;
  readonly SuggestPayments: readonly SuggestionView[];
  readonly PaymentStatistics: StatisticsView;
  readonly PaymentAnalytics: AnalyticsView;
  readonly PaymentHistory: readonly EventView[];
  readonly PaymentTimeline: readonly TimelineEntryView[];
  readonly CorrelationTimeline: readonly TimelineEntryView[];
  readonly EventCorrelation: readonly EventView[];
  readonly SearchEvents: ListView<EventView>;
  readonly EventStatistics: EventCountsView;
  readonly EventTrends: readonly TrendView[];
  readonly ReplayEvents: ReplayView;
}

export type QueryOf<Type extends QueryType> = QueryInput<Type> & { readonly type: Type };

export interface CommandOptions {
  /** The version the caller has seen; null: whatever is current. */
  readonly expectedVersion?: number | null;
  /** True: do not wait for the gateway. */
  readonly respondAsync?: boolean;
  /** With `respondAsync`, where a workflow carries it out: is told its id. */
  readonly onWorkflow?: (workflowId: string) => void;
}

/** The storage behind the client, and how it is. */
export interface StorageView {
  readonly strategy: string;
  readonly capabilities: Readonly<Record<string, string | boolean>>;
  readonly healthy: boolean;
  readonly sources: readonly { readonly name: string; readonly healthy: boolean; readonly problem: string | null }[];
  /** What `maintain` can be asked for. */
  readonly actions: readonly string[];
  readonly measurements: readonly {
    readonly name: string;
    readonly value: number;
    readonly labels: Readonly<Record<string, string>>;
  }[];
}

/** What maintenance is about: one payment, the organization, or everything. */
export interface MaintenanceTarget {
  readonly kind: 'payment' | 'organization' | 'all';
  /** With `payment`. */
  readonly paymentId: string | null;
}

/** What is told to maintenance, and how it is watched. */
export interface MaintenanceWatch extends MaintenanceOptions {
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

/** What maintenance looked at and changed; at most a thousand differences are shown, `differing` counts all. */
export interface MaintenanceReportView {
  readonly action: string;
  readonly checked: number;
  readonly changed: number;
  readonly differences: readonly {
    readonly organizationId: string | null;
    readonly paymentId: string | null;
    readonly problem: string;
  }[];
  readonly differing: number;
  /** The newest sealed root, to be kept elsewhere. */
  readonly root?: string | undefined;
  /** What was archived took so many bytes before, and takes so many now. */
  readonly bytes?: { readonly before: number; readonly after: number } | undefined;
}

/** Bound to one organization; throws `CommandError`, or a port's failure. */
export interface Client extends ImportTarget {
  /** Who answers, in words: `memory-cqs in this process`, or the address of the API. */
  readonly name: string;
  /** False: what is written here is lost when the command ends. */
  readonly durable: boolean;
  /** The cap on one payment in minor units; null where only the other side knows. */
  readonly maxAmount: bigint | null;
  /** Windows of an import that may be under way at a time. */
  readonly importsInFlight: number;
  /** @returns the payment after the command, whatever the gateway said. */
  execute(command: PaymentCommandInput, options?: CommandOptions): Promise<PaymentView>;
  ask<Type extends QueryType>(query: QueryOf<Type>): Promise<Answers[Type]>;
  readonly findReferences: FindReferences;
  /** Events as they are committed, from the moment on at which it resolves, until the signal is aborted. */
  follow(signal: AbortSignal): Promise<AsyncIterable<EventView>>;
  /** All events of the organization, or of every one where the store is open in this process; oldest first. */
  log(everyOrganization: boolean): AsyncIterable<EventView>;
  /**
   * Takes in events that were exported. @throws PortFailure as the port does, and `CAPABILITY_MISSING` where the store
   * is not open in this process, or cannot.
   */
  readonly adopt: Adopt;
  storage(): Promise<StorageView>;
  maintain(
    action: MaintenanceAction,
    target: MaintenanceTarget,
    watch: MaintenanceWatch,
  ): Promise<MaintenanceReportView>;
  /** Finishes what is in flight; must be called, also after an error. */
  close(): Promise<void>;
}
