// What a strategy declares of itself. The conformance kit holds it to every word.

export interface Capabilities {
  /** What was acknowledged survives kill -9 and a restart. */
  readonly durable: boolean;
  /** `immediate`: a read sees every acknowledged write. `eventual`: with a position token it does. */
  readonly reads: 'immediate' | 'eventual';
  /** `commit`: positions are the order of commits. `projection`: exact per payment, across payments as projected. */
  readonly globalOrder: 'commit' | 'projection';
  /** `runner`: the application's effect runner calls the gateway. `strategy`: the strategy does it by itself. */
  readonly effects: 'runner' | 'strategy';
}
