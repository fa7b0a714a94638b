// Configuration schema and dependency injection: chooses a storage strategy and wires every port.
export {};
