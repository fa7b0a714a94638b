// The payment as of any of its events.

interface TimeMachineProps {
  readonly latest: number;
  /** Null: now. */
  readonly asOf: number | null;
  readonly onChange: (version: number | null) => void;
}

export function TimeMachine({ latest, asOf, onChange }: TimeMachineProps) {
  if (latest < 2) return null;
  return (
    <label class="time-machine">
      As of version {asOf ?? latest} of {latest}
      <input
        type="range"
        min={1}
        max={latest}
        step={1}
        value={asOf ?? latest}
        onInput={(event) => {
          const version = Number(event.currentTarget.value);
          onChange(version === latest ? null : version);
        }}
      />
    </label>
  );
}
