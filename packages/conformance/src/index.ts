// The test kit that every storage strategy must pass, published for teams that write their own.
export {};
