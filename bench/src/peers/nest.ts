// The peer for dispatching commands: the command bus of NestJS, wired as its documentation does, without decorators.

import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CommandHandler, CqrsModule, type ICommandHandler } from '@nestjs/cqrs';

/** A command that carries nothing but a number. */
export class Count {
  readonly by: number;
  constructor(by: number) {
    this.by = by;
  }
}

class CountHandler implements ICommandHandler<Count> {
  async execute(command: Count): Promise<number> {
    return command.by;
  }
}
CommandHandler(Count)(CountHandler);

class CountModule {}
Module({ imports: [CqrsModule.forRoot()], providers: [CountHandler] })(CountModule);

/** A started application context's bus, and how to close it. */
export async function startNestBus(): Promise<{ readonly bus: CommandBus; readonly close: () => Promise<void> }> {
  const context = await NestFactory.createApplicationContext(CountModule, { logger: false });
  await context.init();
  return { bus: context.get(CommandBus), close: () => context.close() };
}
