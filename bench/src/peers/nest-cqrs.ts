// The peer for a whole CQRS application: command, query and event bus of NestJS around the same handlers as ours.

import 'reflect-metadata';
import {
  searchDocuments,
  type CommandBus as OurCommands,
  type CommandContext,
  type CommandMap,
  type PaymentDocument,
  type RecordedEvent,
  type SearchPage,
  type SearchPayments,
  type SearchSource,
  type WriteResult,
} from '@paystrata/application';
import { evolve } from '@paystrata/domain';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  CommandBus,
  CommandHandler,
  CqrsModule,
  EventBus,
  EventsHandler,
  QueryBus,
  QueryHandler,
  type ICommandHandler,
  type IEventHandler,
  type IQueryHandler,
} from '@nestjs/cqrs';

type Creation = CommandMap['CreatePayment']['input'] & { readonly type: 'CreatePayment' };

export class Create {
  readonly message: Creation;
  readonly context: CommandContext;
  constructor(message: Creation, context: CommandContext) {
    this.message = message;
    this.context = context;
  }
}

class Committed {
  readonly event: RecordedEvent;
  constructor(event: RecordedEvent) {
    this.event = event;
  }
}

export class Search {
  readonly query: SearchPayments;
  readonly source: SearchSource;
  constructor(query: SearchPayments, source: SearchSource) {
    this.query = query;
    this.source = source;
  }
}

export interface NestCqrs {
  readonly commands: CommandBus;
  readonly queries: QueryBus;
  readonly close: () => Promise<void>;
}

/** A started application whose handler of creations is `commands`, and whose projection is a map of payments. */
export async function startNestCqrs(commands: OurCommands): Promise<NestCqrs> {
  const payments = new Map<string, PaymentDocument>();
  let publish: (event: Committed) => void = () => undefined;

  class CreateHandler implements ICommandHandler<Create> {
    async execute({ message, context }: Create): Promise<WriteResult> {
      const result = await commands.execute(message, context);
      if (result.ok) for (const event of result.receipt.events) publish(new Committed(event));
      return result;
    }
  }
  CommandHandler(Create)(CreateHandler);

  class Projection implements IEventHandler<Committed> {
    handle({ event }: Committed): void {
      const before = payments.get(event.paymentId)?.payment ?? null;
      payments.set(event.paymentId, { payment: evolve(before, event), position: event.position });
    }
  }
  EventsHandler(Committed)(Projection);

  class SearchHandler implements IQueryHandler<Search> {
    async execute({ query, source }: Search): Promise<SearchPage> {
      return searchDocuments(payments.values(), query, source);
    }
  }
  QueryHandler(Search)(SearchHandler);

  class PaymentsModule {}
  Module({ imports: [CqrsModule.forRoot()], providers: [CreateHandler, Projection, SearchHandler] })(PaymentsModule);
  const context = await NestFactory.createApplicationContext(PaymentsModule, { logger: false });
  await context.init();
  const events = context.get(EventBus);
  publish = (event) => void events.publish(event);
  return { commands: context.get(CommandBus), queries: context.get(QueryBus), close: () => context.close() };
}
