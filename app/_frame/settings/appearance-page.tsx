// The look of this browser: paper, size of messages, density, language, movement.
"use client";

import { useId } from "react";
import { keepOwnLook, useOwnLook } from "@/app/_frame/daily/synced-look.ts";
import { Segment } from "@/app/_ui/controls/segment.tsx";
import { Switch } from "@/app/_ui/controls/switch.tsx";
import { cx } from "@/app/_ui/cx.ts";
import { Select } from "@/app/_ui/fields/select.tsx";
import { SettingRow, SettingSection } from "@/app/_ui/fields/setting-row.tsx";
import { type Appearance, TEXT_SIZES, useAppearance } from "@/app/_ui/hooks/use-appearance.ts";
import { useMediaQuery } from "@/app/_ui/hooks/use-media-query.ts";
import { LANGUAGES, type Language } from "@/app/_words/languages.ts";
import { speak, useLanguage, useWords } from "@/app/_words/words.ts";
import styles from "./settings.module.css";

const THEMES = ["light", "dark", "system"] as const;

function Sketch({ theme }: { theme: Appearance["theme"] }) {
  return (
    <svg className={styles.sketch} data-theme={theme} viewBox="0 0 264 116" aria-hidden="true">
      <g className={styles.day}>
        <SketchRoom />
      </g>
      <g className={styles.night}>
        <SketchRoom />
      </g>
    </svg>
  );
}

function SketchRoom() {
  return (
    <>
      <path className={styles.paper} d="M0 0h264v116H0z" />
      <path className={styles.lining} d="M0 0h24v116H0z" />
      <path className={styles.side} d="M24 0h64v116H24z" />
      <path className={styles.accent} d="M7 6h10v10H7zM32 31h44v4H32z" />
      <path
        className={styles.faint}
        d="M32 17h36v4H32zM32 45h32v4H32zM32 59h40v4H32zM102 18h13v13h-13zM102 53h13v13h-13z"
      />
      <path className={styles.ink} d="M124 18h36v4h-36zM124 53h36v4h-36z" />
      <path className={styles.faint} d="M124 27h114v4H124zM124 35h88v4h-88zM124 62h96v4h-96zM124 70h62v4h-62z" />
      <rect className={styles.box} x="100.5" y="91.5" width="152" height="18" rx="4" />
    </>
  );
}

function Themes({ value, onChange }: { value: Appearance["theme"]; onChange: (theme: Appearance["theme"]) => void }) {
  const words = useWords().panels.appearance;
  const name = useId();
  return (
    <fieldset className={styles.themes}>
      <legend className={styles.legend}>{words.paper}</legend>
      {THEMES.map((theme) => (
        <label key={theme} className={cx(styles.theme, value === theme && styles.chosen)}>
          <input
            type="radio"
            className={styles.radio}
            name={name}
            value={theme}
            checked={value === theme}
            onChange={() => onChange(theme)}
          />
          <Sketch theme={theme} />
          <span>{words.themes[theme]}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function AppearancePage() {
  const words = useWords().panels.appearance;
  const language = useLanguage();
  const [look, change] = useAppearance();
  const own = useOwnLook();
  const asked = useMediaQuery("(prefers-reduced-motion: reduce)");
  const languages = Object.entries(LANGUAGES).map(([value, one]) => ({ value: value as Language, label: one }));
  return (
    <>
      <Themes value={look.theme} onChange={(theme) => change({ theme })} />
      <SettingSection title={words.text}>
        <SettingRow label={words.size}>
          <span className={styles.sizes}>
            <span className={styles.small} aria-hidden="true">
              A
            </span>
            <input
              type="range"
              className={styles.range}
              aria-label={words.size}
              aria-valuetext={`${look.text} px`}
              min={0}
              max={TEXT_SIZES.length - 1}
              step={1}
              value={TEXT_SIZES.indexOf(look.text)}
              onChange={(event) => change({ text: TEXT_SIZES[Number(event.target.value)] ?? 15 })}
            />
            <span className={styles.large} aria-hidden="true">
              A
            </span>
          </span>
        </SettingRow>
        <SettingRow label={words.density} sub={words.densitySub}>
          <Segment
            label={words.density}
            value={look.density}
            onChange={(density) => change({ density })}
            options={[
              { value: "roomy", label: words.roomy },
              { value: "compact", label: words.compact },
            ]}
          />
        </SettingRow>
        <SettingRow label={words.language}>
          <Select label={words.language} options={languages} value={language} onChange={speak} />
        </SettingRow>
      </SettingSection>
      <SettingSection title={words.devices}>
        <SettingRow label={words.same} sub={words.sameSub}>
          <Switch label={words.same} on={!own} onChange={(on) => keepOwnLook(!on)} />
        </SettingRow>
      </SettingSection>
      <SettingSection title={words.movement}>
        <SettingRow label={words.reduce} sub={words.reduceSub(asked)}>
          <Switch
            label={words.reduce}
            on={look.motion === "still"}
            onChange={(on) => change({ motion: on ? "still" : "system" })}
          />
        </SettingRow>
      </SettingSection>
    </>
  );
}
