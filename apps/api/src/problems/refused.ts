// A refusal of the domain, and an attempt that the gateway declined, on their way out of a handler.

import type { PaymentView, Rejection } from '@paystrata/application';

/** Carries a rejection, which is a value everywhere else, to the one place that answers problems. */
export class Refused extends Error {
  readonly rejection: Rejection;

  constructor(rejection: Rejection) {
    super(rejection.message);
    this.name = 'Refused';
    this.rejection = rejection;
  }
}

/** The command was carried out, and the gateway said no: the problem shows the payment as it is now. */
export class Declined extends Error {
  readonly code: 'payment_declined' | 'refund_declined';
  readonly payment: PaymentView;
  readonly failure: PaymentView['failure'];

  constructor(code: Declined['code'], payment: PaymentView, failure: PaymentView['failure']) {
    super(failure === null ? 'it was settled as failed' : `the gateway declined: ${failure.code}`);
    this.name = 'Declined';
    this.code = code;
    this.payment = payment;
    this.failure = failure;
  }
}
