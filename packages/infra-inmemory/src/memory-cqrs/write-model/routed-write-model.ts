// The command side: orders are routed to their partition, which takes its turn, and tied to the event that caused them.

import type { BulkResult, WriteModel, WriteOrder } from '@paystrata/application';
import type { Causation } from '../event-bus/causation.ts';
import type { RoutingField } from '../options.ts';
import type { Turns } from './turns.ts';

export interface RoutedWriteModelOptions {
  /** Decides and commits; serializes commands on one payment. */
  readonly model: WriteModel;
  readonly turns: Turns;
  readonly causation: Causation;
  readonly routingField: RoutingField;
  /** Orders of a bulk that are executed in one turn. */
  readonly bulkSize: number;
}

/** A bulk takes a turn for every `bulkSize` orders, so that it holds up nobody for longer. */
export function createRoutedWriteModel(options: RoutedWriteModelOptions): WriteModel {
  const { model, turns, causation, routingField, bulkSize } = options;
  return {
    execute: async (order) => {
      const tied = causation.tie(order);
      return turns.run(
        order[routingField],
        causation.bind(async () => model.execute(tied)),
      );
    },
    executeBulk: async (orders) => {
      const results: BulkResult[] = [];
      for (const part of partsOf(orders, routingField, bulkSize)) {
        const tied = part.orders.map((order) => causation.tie(order));
        results.push(
          ...(await turns.run(
            part.partition,
            causation.bind(() => model.executeBulk(tied)),
          )),
        );
      }
      return results;
    },
  };
}

interface Part {
  readonly partition: string;
  readonly orders: WriteOrder[];
}

/** Orders that follow each other into the same partition, as many as one turn takes. */
function partsOf(orders: readonly WriteOrder[], field: RoutingField, size: number): readonly Part[] {
  const parts: Part[] = [];
  for (const order of orders) {
    const last = parts.at(-1);
    if (last?.partition === order[field] && last.orders.length < size) last.orders.push(order);
    else parts.push({ partition: order[field], orders: [order] });
  }
  return parts;
}
