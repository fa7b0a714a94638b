// The paystrata command: serves the API, imports, exports, queries and maintains payments.
export {};
