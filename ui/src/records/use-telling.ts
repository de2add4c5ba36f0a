import { useTranslation } from "react-i18next";
import { tell } from "../components/tell";
import { asRefused } from "../host/host";
import { refusalLine } from "../i18n/refusal";

/** Does something and tells in passing how it went: by the sentence that it answers, null for none, or why it was refused. */
export function useTelling(): (act: () => Promise<string | null>) => void {
  const { t } = useTranslation();
  return (act) =>
    void act().then(
      (words) => words !== null && tell(words),
      (reason: unknown) => tell(refusalLine(t, asRefused(reason))),
    );
}
