// The event-sourced strategy: repository, snapshots, upcasters, projections, subscriptions and replay.
export {};
