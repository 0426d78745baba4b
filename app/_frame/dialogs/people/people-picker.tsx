// Picking people: a field that narrows the list, boxes to tick, the chosen ones as chips above.
"use client";

import { useState } from "react";
import styles from "@/app/_frame/dialogs/dialogs.module.css";
import { Face } from "@/app/_frame/parts/face.tsx";
import { Chip } from "@/app/_ui/controls/chip.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { UserId } from "@/lib/base/ids.ts";
import type { Person } from "@/lib/client/api.ts";

export interface PeoplePickerProps {
  /** Name of the field. */
  label: string;
  /** What is said when nobody matches. */
  none: string;
  people: readonly Person[];
  chosen: readonly UserId[];
  onChange: (chosen: readonly UserId[]) => void;
  /** No more than this many. */
  most?: number | undefined;
  autoFocus?: boolean | undefined;
}

export function PeoplePicker({ label, none, people, chosen, onChange, most, autoFocus }: PeoplePickerProps) {
  const words = useWords();
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLocaleLowerCase();
  const found = people.filter((one) => `${one.name} ${one.title}`.toLocaleLowerCase().includes(wanted));
  const full = most !== undefined && chosen.length >= most;
  const toggle = (id: UserId) => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <div className={styles.filter}>
      <Field label={label}>
        {(parts) => (
          <Input
            {...parts}
            type="search"
            autoComplete="off"
            autoFocus={autoFocus}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        )}
      </Field>
      {chosen.length > 0 && (
        <div className={styles.chips}>
          {people
            .filter((one) => chosen.includes(one.id))
            .map((one) => (
              <Chip key={one.id} removable aria-label={words.ui.remove(one.name)} onClick={() => toggle(one.id)}>
                {one.name}
              </Chip>
            ))}
        </div>
      )}
      {found.length === 0 ? (
        <p className={styles.none} role="status">
          {none}
        </p>
      ) : (
        <ul className={styles.list}>
          {found.map((one) => (
            <li key={one.id}>
              <label className={styles.row}>
                <Face person={one} size={28} />
                <span className={styles.words}>
                  <span className={styles.name}>{one.name}</span>
                  {one.title !== "" && <span className={styles.sub}>{one.title}</span>}
                </span>
                <input
                  type="checkbox"
                  className={styles.tick}
                  checked={chosen.includes(one.id)}
                  disabled={full && !chosen.includes(one.id)}
                  onChange={() => toggle(one.id)}
                />
              </label>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
