// The HTTP API of Paystrata.
export {};
