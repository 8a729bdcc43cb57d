package io.utter.text.zh;

import io.utter.text.Rewrite;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;

/** Whatever numbers are left when dates, measures, formulas and telephone numbers are spelled out. */
final class Quantities {
    /** What is counted: a number before one of these is a number of things, of which there are 两, not 二. */
    private static final String COUNTED = "(?=[" + "处台架枚趟幅平方堵间床株批项例列篇栋注亩封艘把目套段人所朵匹张座回场尾条个首阙阵网炮顶丘棵只支袭辆"
            + "挑担颗壳窠曲墙群腔砣客贯扎捆刀令打手罗坡山岭江溪钟队单双对出口头脚板跳枝件贴针线管名位身堂课本页家户层丝毫厘分钱两斤铢石钧锱忽"
            + "尺寸丈里寻常铺程米撮勺合升斗盘碗碟叠桶笼盆盒杯斛锅簋篮罐瓶壶卮盏箩箱煲啖袋钵年月日季刻时周天秒旬纪岁世更夜春夏秋冬代伏辈丸泡粒"
            + "幢堆根道面片块元吨角毛亿万千百" + "]|微克|微米|公分|小时|美元|十吨)";

    private static final List<UnaryOperator<String>> STEPS = List.of(
            Rewrite.of(
                    "(?<![0-9+\\-×÷=])(-?)(" + NumberPatterns.NUMBER + ")[-~](-?)"
                            + "([0-9]++(?:\\.[0-9]++(?![+\\-×÷=]))?+)(?![0-9+\\-×÷=])",
                    match -> minus(match.group(1)) + ChineseNumbers.number(match.group(2)) + "到"
                            + minus(match.group(3)) + ChineseNumbers.number(match.group(4))),
            Rewrite.of("-(" + NumberPatterns.DIGITS + ")", match -> "负" + ChineseNumbers.number(match.group(1))),
            Rewrite.of("(?<![0-9])[0-9]++(?:\\.[0-9]++){2,}+", match -> version(match.group())),
            Rewrite.of(NumberPatterns.SIGN + "([0-9]++\\.[0-9]++)|\\.[0-9]++", Quantities::number),
            Rewrite.of("(?<![0-9])([0-9]++)([多余几+]?)" + COUNTED, Quantities::count),
            Rewrite.of("[0-9]{3,}+", match -> ChineseNumbers.telephoneDigits(match.group())),
            Rewrite.of(NumberPatterns.SIGN + "(" + NumberPatterns.NUMBER + ")|\\.[0-9]++", Quantities::number));

    private Quantities() {}

    static String expand(String text) {
        String expanded = text;
        for (UnaryOperator<String> step : STEPS) {
            expanded = step.apply(expanded);
        }
        return expanded;
    }

    private static String number(MatchResult match) {
        return match.group(2) == null
                ? ChineseNumbers.number(match.group())
                : minus(match.group(1)) + ChineseNumbers.number(match.group(2));
    }

    private static String count(MatchResult match) {
        String number = ChineseNumbers.number(match.group(1));
        String more = match.group(2);
        return (number.equals("二") ? "两" : number) + (more.equals("+") ? "多" : more);
    }

    private static String version(String number) {
        StringBuilder words = new StringBuilder();
        for (String part : number.split("\\.")) {
            words.append(words.isEmpty() ? "" : "点").append(ChineseNumbers.digits(part));
        }
        return words.toString();
    }

    private static String minus(String sign) {
        return sign.isEmpty() ? "" : "负";
    }
}
