// Ctrl G: one field over everything one may read, answered while one types.
"use client";

import { ChevronLeft, Search as SearchIcon, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { EmptyState } from "@/app/_ui/pages/empty-state.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { SearchView } from "@/lib/client/api/finding/search.ts";
import { Filters } from "./filters.tsx";
import { Hits } from "./hits.tsx";
import { Reach } from "./reach.tsx";
import styles from "./search.module.css";
import { FIELD, focusSearch, queryOf, type Search, setSearch, typed, useSearch } from "./state.ts";
import { type Results, useResults } from "./use-results.ts";

/** The same in every language, as they are typed. */
const OPERATORS = "from: in: after: before: has: is:";

function Field({ search, onDown }: { search: Search; onDown: () => void }) {
  const words = useWords().search;
  const { text, filters } = search;
  const pressed = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const last = filters.at(-1);
    if (event.key === "ArrowDown") onDown();
    else if (event.key === "Backspace" && text === "" && last !== undefined)
      setSearch({ text: "", filters: filters.slice(0, -1) });
    else if (event.key === "Escape") {
      if (text === "" && filters.length === 0) window.history.back();
      else setSearch({ text: "", filters: [] });
    } else return;
    event.preventDefault();
  };
  return (
    <div className={styles.box}>
      <span className={styles.back}>
        <IconButton label={words.back} icon={<ChevronLeft />} onClick={() => window.history.back()} bare />
      </span>
      <SearchIcon className={styles.sign} />
      <input
        id={FIELD}
        className={styles.input}
        type="search"
        aria-label={words.field}
        placeholder={`${words.placeholder}, ${OPERATORS}`}
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        dir="auto"
        value={text}
        onChange={(event) => setSearch(typed(search, event.target.value))}
        onKeyDown={pressed}
      />
      {(text !== "" || filters.length > 0) && (
        <IconButton
          label={words.clear}
          icon={<X />}
          bare
          onClick={() => {
            setSearch({ text: "", filters: [] });
            focusSearch();
          }}
        />
      )}
    </div>
  );
}

function Nothing({ results, reach }: { results: Results; reach: SearchView | undefined }) {
  const words = useWords().search;
  const stranger = results.answer.filters.find(({ known }) => !known);
  const coming = reach?.backTo != null && reach.history === "fetching";
  const says = stranger !== undefined ? words.unknown(stranger.value) : coming ? words.noneYet : words.noneSays;
  return <EmptyState title={words.none} sentence={says} />;
}

function Found({ results, reach, onMore }: { results: Results; reach: SearchView | undefined; onMore: () => void }) {
  const words = useWords().search;
  const formats = useFormats();
  const { answer, took } = results;
  if (!answer.asked) return <EmptyState title={words.tips} sentence={words.tipsSay} />;
  return (
    <>
      <p className={styles.found} role="status">
        <b>{words.found(answer.total, formats.number(answer.total))}</b>
        <span>{words.took(formats.number(took))}</span>
      </p>
      {answer.away > 0 && <p className={styles.away}>{words.away(answer.away, formats.number(answer.away))}</p>}
      {answer.total === 0 ? (
        <Nothing results={results} reach={reach} />
      ) : (
        <Hits hits={answer.hits} onTop={focusSearch} />
      )}
      {answer.next !== null && answer.hits.length < MOST && (
        <div className={styles.more}>
          <Button onClick={onMore}>{words.more}</Button>
        </div>
      )}
    </>
  );
}

const FEW = 5;
/** Beyond that nobody reads on: a filter helps. */
const MOST = 1000;

/** Changes when there is more to search in: at once while little was found, else by hundreds, so that the list is calm. */
function stampOf(reach: SearchView | undefined, few: boolean): string {
  const { indexed = 0, backTo = 0 } = reach ?? {};
  return `${few ? indexed : Math.floor(indexed / 200)} ${backTo === null}`;
}

export function SearchPage() {
  const words = useWords().search;
  const { view } = useFrame();
  const search = useSearch();
  const reach = useTopic(`search:${view.ws}`);
  const query = queryOf(search);
  const [few, setFew] = useState(true);
  const { results, fault, more } = useResults(view.ws, query, stampOf(reach, few));
  const total = results?.answer.total ?? 0;
  useEffect(() => setFew(total < FEW), [total]);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => void focusSearch(), []);
  const down = () => body.current?.querySelector<HTMLElement>("a[data-hit]")?.focus();
  return (
    <>
      <h1 className="sr">{words.title}</h1>
      <search className={styles.top}>
        <Field search={search} onDown={down} />
        <Filters search={search} heard={results?.answer.filters ?? []} />
      </search>
      <div ref={body} className={styles.scroll}>
        <FaultLine fault={fault} />
        {results !== null && <Found results={results} reach={reach} onMore={more} />}
      </div>
      {reach !== undefined && <Reach view={reach} />}
    </>
  );
}
