import { IconFileText } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, PrimaryButton } from "../../components/Button";
import { DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { RefusalNote } from "../../components/RefusalNote";
import { Screen } from "../../components/Screen";
import { Skeleton } from "../../components/Skeleton";
import { Tabs } from "../../components/Tabs";
import { TextField } from "../../components/fields";
import { Workspace } from "../../components/Workspace";
import type { RecordId } from "../../generated/RecordId";
import { useMay, useSession } from "../../host/session";
import { useColumns } from "./lists/use-columns";
import { useList } from "./lists/use-list";
import { Verify } from "./lists/Verify";
import type { List, Row } from "./types";
import style from "./lists/Lists.module.css";

export const LISTS = ["waiting", "drafts", "issued", "expiring", "ended"] as const satisfies readonly List[];

interface CertificatesProps {
  list: List | undefined;
  onList: (list: List) => void;
  onOpen: (certificate: RecordId) => void;
  /** Goes through those that wait, one after the other. */
  onStack: (first: RecordId) => void;
}

const SHOWN = "certificates-shown";

/** The certificates of the clinic by where they stand, and the check of any paper. */
export function Certificates({ list, onList, onOpen, onStack }: CertificatesProps) {
  const { t } = useTranslation();
  const session = useSession();
  const mayApprove = useMay("certificate.approve");
  const mayPrint = useMay("certificate.print");
  const [text, setText] = useState("");
  const shown = list ?? (mayApprove ? "waiting" : "drafts");
  const listed = useList(shown, text);
  const columns = useColumns({ person: true });
  const { rows } = listed;
  const counts = listed.last?.counts;
  const stack = shown === "waiting" && !text.trim() ? (rows ?? []).filter(({ may_issue }) => may_issue) : [];
  const [first] = stack;
  if (session && !mayPrint) {
    return (
      <Workspace>
        <Screen title={t("place.certificates")}>
          <RefusalNote refused={{ code: "not_permitted", fields: {} }} />
        </Screen>
      </Workspace>
    );
  }
  const label = (name: List) => {
    const word = t(`certificates.list.${name}`);
    return counts ? `${word} ${counts[name]}` : word;
  };
  const open = (row: Row) => (shown === "waiting" && row.may_issue ? onStack(row.id) : onOpen(row.id));
  return (
    <Workspace>
      <Screen
        title={t("place.certificates")}
        action={
          first && (
            <PrimaryButton shortcut="alt+Enter" onClick={() => onStack(first.id)}>
              {t("certificates.go_through", { count: stack.length })}
            </PrimaryButton>
          )
        }
      >
        <div className={style["top"]}>
          <TextField
            type="search"
            label={t("certificates.search")}
            value={text}
            onChange={setText}
            hint={t("certificates.search_hint")}
            autoComplete="off"
          />
          <Verify onOpen={onOpen} />
        </div>
        <Tabs
          label={t("place.certificates")}
          tabs={LISTS.map((name) => ({ value: name, label: label(name) }))}
          value={shown}
          onChange={onList}
          controls={SHOWN}
        />
        <div id={SHOWN} role="tabpanel" aria-labelledby={`${SHOWN}-${shown}`}>
          {listed.error && <RefusalNote refused={listed.error} onRetry={listed.retry} />}
          {!rows && !listed.error && <Skeleton lines={6} />}
          {rows && (
            <DataTable
              caption={t(`certificates.list.${shown}`)}
              columns={columns}
              rows={rows}
              keyOf={(row) => row.id}
              onOpen={open}
              empty={
                listed.fetching ? (
                  <Skeleton lines={6} />
                ) : (
                  <EmptyState
                    icon={<IconFileText size="1.5rem" stroke={1.6} />}
                    text={
                      text.trim() ? t("find.nothing", { text: text.trim() }) : t(`certificates.none.${shown}`)
                    }
                  />
                )
              }
            />
          )}
          {listed.more && (
            <div className={style["more"]}>
              <Button onClick={listed.fetchMore} loading={listed.fetching}>
                {t("patients.earlier")}
              </Button>
            </div>
          )}
        </div>
      </Screen>
    </Workspace>
  );
}
