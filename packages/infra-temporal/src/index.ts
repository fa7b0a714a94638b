// The temporal strategy: one workflow per payment, whose history is the durable record.
export {};
