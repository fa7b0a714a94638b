// Made of the document of the API by `test/api-types.test.ts`: not to be edited.

export interface components {
    schemas: {
        readonly NewPaymentInput: {
            readonly amount: number;
            readonly currency: string;
            readonly reference?: string | null;
            readonly description?: string | null;
            readonly customer?: {
                readonly id?: string | null;
                readonly name?: string | null;
                readonly email?: string | null;
            } | null;
            readonly userId?: string | null;
            readonly workflowId?: string | null;
            /** @default [] */
            readonly resourceIds: readonly string[];
            /** @default {} */
            readonly metadata: {
                readonly [key: string]: string;
            };
        };
        readonly PaymentPatchInput: {
            readonly amount?: number;
            readonly currency?: string;
            readonly description?: string | null;
            readonly customer?: {
                readonly name?: string | null;
                readonly email?: string | null;
            } | null;
            readonly metadata?: {
                readonly [key: string]: string | null;
            };
        };
        readonly ProcessInput: {
            readonly method: string;
            readonly amount?: number | null;
            readonly currency?: string | null;
        };
        readonly SettleInput: {
            /** @enum {string} */
            readonly outcome: "completed" | "failed";
            readonly reason: string;
            readonly itemId?: string | null;
        };
        readonly CancelInput: {
            readonly reason?: string | null;
        };
        readonly NewRefundInput: {
            readonly amount?: number | null;
            readonly currency?: string | null;
            readonly reason?: string | null;
        };
        readonly EraseInput: Record<string, never>;
        /** @description One line of the body of an import. */
        readonly BulkRowInput: {
            readonly amount: number;
            readonly currency: string;
            readonly reference?: string | null;
            readonly description?: string | null;
            readonly customer?: {
                readonly id?: string | null;
                readonly name?: string | null;
                readonly email?: string | null;
            } | null;
            readonly userId?: string | null;
            readonly workflowId?: string | null;
            /** @default [] */
            readonly resourceIds: readonly string[];
            /** @default {} */
            readonly metadata: {
                readonly [key: string]: string;
            };
            /** @default false */
            readonly settled: boolean;
            readonly createdAt?: string | null;
        };
        /** @description One `BulkRowInput` a line. */
        readonly BulkRowsInput: string;
        readonly ReplayRequestInput: {
            /** @default {} */
            readonly filter: {
                /** @default [] */
                readonly types: readonly ("PaymentCreated" | "PaymentImported" | "PaymentUpdated" | "PaymentProcessingStarted" | "PaymentProcessed" | "PaymentFailed" | "PaymentCancelled" | "RefundRequested" | "PaymentRefunded" | "RefundFailed" | "PaymentParked" | "PaymentSettled" | "PaymentDeleted" | "PersonalDataErased")[];
                readonly paymentId?: string | null;
                /** @default null */
                readonly actor: string | null;
                /** @default null */
                readonly correlationId: string | null;
                readonly recorded?: {
                    readonly from?: (string | number) | null;
                    readonly to?: (string | number) | null;
                };
                /** @default [] */
                readonly criteria: readonly {
                    readonly path: string;
                    /** @enum {string} */
                    readonly operator: "eq" | "ne" | "in" | "gt" | "gte" | "lt" | "lte" | "contains";
                    readonly value: (string | number | boolean) | readonly (string | number | boolean)[];
                }[];
                readonly text?: string | null;
            };
            readonly fromVersion?: number | string;
            readonly limit?: number | string;
        };
        readonly MaintenanceRequestInput: {
            /** @description One payment. Without it: the organization; with an operator's key that names none: everything. */
            readonly paymentId?: string;
        };
        readonly VerifyRequestInput: {
            /** @description One payment. Without it: the organization; with an operator's key that names none: everything. */
            readonly paymentId?: string;
            /** @description A root that was kept elsewhere, as `HEX@POSITION`: the log must still lead to it. */
            readonly root?: string;
            /** @description Seal the log to its end where nothing differs, so that the root in the answer stands for all of it. */
            readonly seal?: boolean;
        };
        readonly ArchiveRequestInput: {
            /** @description One payment. Without it: the organization; with an operator's key that names none: everything. */
            readonly paymentId?: string;
            /** @description Events from before this instant or date. Without it: older than the setting `archive.afterDays`. */
            readonly before?: string;
        };
        /** @description Why the gateway declined, and whether a retry can help. */
        readonly Failure: {
            readonly code: string;
            readonly declineCode: string | null;
            readonly retryable: boolean;
        };
        /** @description A payment. Amounts are minor units of its currency. */
        readonly Payment: {
            /** Format: uuid */
            readonly id: string;
            readonly organizationId: string;
            /** @enum {string} */
            readonly status: "pending" | "processing" | "completed" | "failed" | "cancelled" | "partially_refunded" | "refunded" | "deleted";
            readonly amount: number;
            readonly currency: string;
            readonly captured: number;
            readonly refunded: number;
            readonly description: string | null;
            readonly reference: string | null;
            readonly customer: {
                readonly name: string | null;
                readonly email: string | null;
            } | null;
            readonly userId: string | null;
            readonly workflowId: string | null;
            readonly resourceIds: readonly string[];
            readonly metadata: {
                readonly [key: string]: string;
            };
            readonly attempts: readonly {
                readonly id: string;
                readonly status: string;
                readonly amount: number;
                readonly currency: string;
                /** Format: date-time */
                readonly requestedAt: string;
                /** Format: date-time */
                readonly resolvedAt: string | null;
                readonly gatewayReference: string | null;
                readonly failure: components["schemas"]["Failure"] | null;
                readonly parked: {
                    readonly reason: string;
                    readonly amount: number | null;
                    readonly currency: string | null;
                } | null;
                readonly method: string;
            }[];
            readonly refunds: readonly {
                readonly id: string;
                readonly status: string;
                readonly amount: number;
                readonly currency: string;
                /** Format: date-time */
                readonly requestedAt: string;
                /** Format: date-time */
                readonly resolvedAt: string | null;
                readonly gatewayReference: string | null;
                readonly failure: components["schemas"]["Failure"] | null;
                readonly parked: {
                    readonly reason: string;
                    readonly amount: number | null;
                    readonly currency: string | null;
                } | null;
                readonly reason: string | null;
            }[];
            readonly needsReview: boolean;
            readonly failure: components["schemas"]["Failure"] | null;
            readonly version: number;
            /** Format: date-time */
            readonly createdAt: string;
            /** Format: date-time */
            readonly updatedAt: string;
            /** Format: date-time */
            readonly processedAt: string | null;
            /** Format: date-time */
            readonly failedAt: string | null;
            /** Format: date-time */
            readonly refundedAt: string | null;
        };
        /** @description What is wrong with a request (RFC 9457). */
        readonly Problem: {
            readonly type: string;
            readonly title: string;
            readonly status: number;
            readonly detail: string;
            /** @description Stable; docs/errors.md lists them all. */
            readonly code: string;
            readonly param: string | null;
            readonly requestId: string;
            readonly errors: readonly {
                readonly param: string;
                readonly message: string;
            }[];
            readonly details: {
                readonly [key: string]: string | number | boolean;
            };
            readonly payment?: components["schemas"]["Payment"];
            readonly failure?: components["schemas"]["Failure"] | null;
        };
        /** @description What became of one line. */
        readonly BulkOutcome: {
            readonly line: number;
            /** @constant */
            readonly ok: true;
            readonly id: string;
            readonly version: number;
            readonly replayed: boolean;
        } | {
            readonly line: number;
            /** @constant */
            readonly ok: false;
            readonly code: string;
            readonly message: string;
            readonly param: string | null;
            readonly details: {
                readonly [key: string]: string | number | boolean;
            };
            readonly errors: readonly {
                readonly param: string;
                readonly message: string;
            }[];
        };
        /** @description A fact of the log. In `data`, amounts are decimal strings of minor units. */
        readonly Event: {
            readonly eventId: string;
            /** @enum {string} */
            readonly type: "PaymentCreated" | "PaymentImported" | "PaymentUpdated" | "PaymentProcessingStarted" | "PaymentProcessed" | "PaymentFailed" | "PaymentCancelled" | "RefundRequested" | "PaymentRefunded" | "RefundFailed" | "PaymentParked" | "PaymentSettled" | "PaymentDeleted" | "PersonalDataErased";
            readonly schemaVersion: number;
            /** Format: uuid */
            readonly paymentId: string;
            readonly version: number;
            readonly position: string;
            /** Format: date-time */
            readonly timestamp: string;
            readonly organizationId: string;
            readonly actor: string;
            readonly userId: string | null;
            readonly correlationId: string;
            readonly causationId: string | null;
            readonly data: {
                readonly [key: string]: unknown;
            };
            readonly metadata: {
                readonly [key: string]: string;
            };
        };
        readonly PaymentList: {
            readonly data: readonly components["schemas"]["Payment"][];
            readonly hasMore: boolean;
            /** @description The cursor of the next page. */
            readonly next: string | null;
            readonly total: {
                readonly value: number;
                /** @description There are more than `value`. */
                readonly capped: boolean;
            };
        };
        readonly EventList: {
            readonly data: readonly components["schemas"]["Event"][];
            readonly hasMore: boolean;
            /** @description The cursor of the next page. */
            readonly next: string | null;
            readonly total: {
                readonly value: number;
                /** @description There are more than `value`. */
                readonly capped: boolean;
            };
        };
        readonly Suggestion: {
            readonly text: string;
            /** @enum {string} */
            readonly field: "customer" | "reference" | "description";
            readonly count: number;
        };
        readonly SuggestionList: {
            readonly data: readonly components["schemas"]["Suggestion"][];
            readonly hasMore: boolean;
            /** @description The cursor of the next page. */
            readonly next: string | null;
            readonly total: {
                readonly value: number;
                /** @description There are more than `value`. */
                readonly capped: boolean;
            };
        };
        /** @description An event in words. */
        readonly TimelineEntry: {
            /** Format: date-time */
            readonly timestamp: string;
            readonly paymentId: string;
            readonly version: number;
            readonly type: string;
            readonly text: string;
            readonly actor: string;
            readonly correlationId: string;
            /** @description Milliseconds since the entry before. */
            readonly gap: number;
        };
        readonly Timeline: {
            readonly data: readonly components["schemas"]["TimelineEntry"][];
            readonly hasMore: boolean;
            /** @description The cursor of the next page. */
            readonly next: string | null;
            readonly total: {
                readonly value: number;
                /** @description There are more than `value`. */
                readonly capped: boolean;
            };
        };
        readonly CurrencyTotal: {
            readonly currency: string;
            readonly count: number;
            /** @description Minor units as a decimal string. */
            readonly amount: string;
            /** @description Minor units as a decimal string. */
            readonly captured: string;
            /** @description Minor units as a decimal string. */
            readonly refunded: string;
        };
        readonly Statistics: {
            readonly organizationId: string;
            readonly from: string | null;
            readonly to: string | null;
            readonly count: number;
            readonly byStatus: {
                readonly [key: string]: number;
            };
            readonly byCurrency: {
                readonly [key: string]: number;
            };
            readonly totals: readonly components["schemas"]["CurrencyTotal"][];
        };
        readonly Analytics: {
            readonly totals: readonly components["schemas"]["CurrencyTotal"][];
            readonly buckets: readonly {
                /** Format: date-time */
                readonly start: string;
                readonly count: number;
                readonly byStatus: {
                    readonly [key: string]: number;
                };
                readonly byCurrency: {
                    readonly [key: string]: number;
                };
                readonly totals: readonly components["schemas"]["CurrencyTotal"][];
            }[];
            readonly byStatus: {
                readonly [key: string]: number;
            };
            readonly byCurrency: {
                readonly [key: string]: number;
            };
            readonly byCustomer: readonly {
                readonly customer: string;
                readonly count: number;
            }[];
            readonly successRate: number | null;
            readonly failures: readonly {
                readonly code: string;
                readonly count: number;
            }[];
            readonly durations: {
                /** @description Milliseconds from created to completed. */
                readonly p50: number | null;
                /** @description Milliseconds from created to completed. */
                readonly p95: number | null;
                /** @description Milliseconds from created to completed. */
                readonly p99: number | null;
            };
        };
        readonly EventCounts: {
            readonly count: number;
            readonly byType: {
                readonly [key: string]: number;
            };
            readonly payments: number;
            readonly byHour: readonly {
                /** Format: date-time */
                readonly start: string;
                readonly count: number;
            }[];
            readonly byDay: readonly {
                /** Format: date-time */
                readonly start: string;
                readonly count: number;
            }[];
            readonly byActor: readonly {
                readonly actor: string;
                readonly count: number;
            }[];
            readonly byPayment: readonly {
                readonly paymentId: string;
                readonly count: number;
            }[];
        };
        readonly Trend: {
            /** Format: date-time */
            readonly start: string;
            readonly count: number;
            readonly byType: {
                readonly [key: string]: number;
            };
        };
        /** @description The events folded again, step by step. Nothing was stored. */
        readonly Replay: {
            readonly events: number;
            readonly payments: number;
            readonly byType: {
                readonly [key: string]: number;
            };
            readonly steps: readonly {
                readonly event: components["schemas"]["Event"];
                readonly payment: components["schemas"]["Payment"];
            }[];
        };
        readonly Storage: {
            readonly strategy: string;
            readonly capabilities: {
                readonly [key: string]: string | boolean;
            };
            readonly healthy: boolean;
            readonly sources: readonly {
                readonly name: string;
                readonly healthy: boolean;
                readonly problem: string | null;
            }[];
            readonly actions: readonly ("verify" | "repair" | "rebuild" | "synchronize" | "optimize" | "archive")[];
            readonly measurements: readonly {
                readonly name: string;
                readonly value: number;
                readonly labels: {
                    readonly [key: string]: string;
                };
            }[];
        };
        readonly MaintenanceReport: {
            /** @enum {string} */
            readonly action: "verify" | "repair" | "rebuild" | "synchronize" | "optimize" | "archive";
            readonly checked: number;
            readonly changed: number;
            readonly differences: readonly {
                readonly organizationId: string | null;
                readonly paymentId: string | null;
                readonly problem: string;
            }[];
            readonly differing: number;
            /** @description What was archived took so many bytes before, and takes so many now. */
            readonly bytes?: {
                readonly before: number;
                readonly after: number;
            };
            /** @description The newest sealed root, as `HEX@POSITION`: keep it elsewhere, it proves everything before it. */
            readonly root?: string;
        };
        /** @description How far maintenance is; `total` is null while it is not known. */
        readonly MaintenanceProgress: {
            readonly done: number;
            readonly total: number | null;
        };
        readonly Readiness: {
            /** @enum {string} */
            readonly status: "ok" | "unavailable";
            readonly sources: readonly {
                readonly name: string;
                readonly healthy: boolean;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
